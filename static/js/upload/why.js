// Why something was not taken, in the server's words where it has any: the sentence of a step, or of a page.
export function why({ status, text }, words) {
  try {
    return JSON.parse(text).why ?? words.failed;
  } catch {
    const page = new DOMParser().parseFromString(text, "text/html");
    const said = page.querySelector("main p")?.textContent;
    return status < 400 ? words.out : status === 413 ? (said ?? words.large) : (said ?? words.failed);
  }
}
