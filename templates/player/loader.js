// Loads a script of the package: a page opened from disk may run scripts beside it, and may not fetch files.

export function loadScript(doc, address) {
  return new Promise((resolve, reject) => {
    const script = doc.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => {
      script.remove(); // so that it can be tried again
      reject(new Error(address));
    };
    doc.head.append(script);
  });
}
