// Two tabs with the same package and learner would overwrite each other. So the newest tab claims the attempt, in the browser's
// storage; the one before hands over what it has and stops. Works between pages opened from a disk, too; without storage it
// does nothing.
//   taken(fresh): another tab has the attempt now; what it returns is handed over. `fresh` is false where this tab notices it
//   late (it was frozen): its knowledge is old then. · given(data): what the tab before has handed over

const FRESH = 10000;

export function createTabs({ storage, listen, key, token, date, taken, given }) {
  const answer = `${key}:given`;
  let claimed = false;

  function attempted(action) {
    try {
      return action(storage());
    } catch (error) {
      return null;
    }
  }

  function holder() {
    const [owner, since] = (attempted((store) => store.getItem(key)) || "").split(" ");
    return { owner, since: Number(since) };
  }

  function isMine() {
    const { owner } = holder();
    return !claimed || !owner || owner === token;
  }

  function yielded() {
    if (isMine()) return false;
    const { owner, since } = holder();
    claimed = false;
    const data = taken(Math.abs(date() - since) < FRESH);
    // Whoever listens hears of it; it need not stay.
    attempted((store) => store.setItem(answer, `${owner} ${data}`));
    attempted((store) => store.removeItem(answer));
    return true;
  }

  return {
    claim() {
      if (!key) return;
      claimed = true;
      listen((event) => {
        if (event.key === key) yielded();
        const text = event.newValue || "";
        if (claimed && event.key === answer && text.startsWith(`${token} `)) given(text.slice(token.length + 1));
      });
      attempted((store) => store.setItem(key, `${token} ${date()}`));
    },
    yielded, // whether the attempt has gone to another tab; to be asked before anything is written
    release() {
      if (claimed && isMine()) attempted((store) => store.removeItem(key));
      claimed = false;
    },
  };
}
