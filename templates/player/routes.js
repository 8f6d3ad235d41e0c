// Addresses inside the package: #/activity or #/activity/anchor.

export function parseRoute(hash) {
  const match = /^#\/([^/]+)(?:\/(.+))?$/.exec(hash);
  if (!match) return null;
  return { activity: decoded(match[1]), anchor: match[2] ? decoded(match[2]) : "" };
}

export function routeTo(activityId) {
  return `#/${activityId}`;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    return text;
  }
}
