// What learners enter, kept in their browser: texts by a key. In a database, because Moodle empties localStorage at each login and
// whenever its own scripts change. A browser may refuse it: then reading finds nothing, and writing says that it failed.

const DATABASE = "coursegen";
const TABLE = "ratings";

export function createStore({ indexedDB, BroadcastChannel }) {
  let connection = null;
  const channel = BroadcastChannel ? new BroadcastChannel(DATABASE) : null;

  function connect() {
    connection = connection || new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
      request.onsuccess = () => resolve(request.result);
      request.onerror = reject;
    });
    return connection;
  }

  async function run(mode, action) {
    const database = await connect();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(TABLE, mode);
      const request = action(transaction.objectStore(TABLE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = reject;
      transaction.onabort = reject;
      if (transaction.commit) transaction.commit(); // the page may go the next moment
    });
  }

  return {
    read: (key) => run("readonly", (table) => table.get(key)),
    // Nothing takes away what was kept.
    async write(key, text) {
      await run("readwrite", (table) => (text === null ? table.delete(key) : table.put(text, key)));
      if (channel) channel.postMessage(key);
    },
    // Calls back with the key of what another tab has written.
    heard(action) {
      if (channel) channel.onmessage = ({ data }) => action(data);
    },
  };
}
