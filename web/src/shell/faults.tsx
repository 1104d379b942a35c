/** How many faults are listed. */
const most = 8;

/** The first of some sentences on what is wrong, as a list. */
export function Faults({ sentences }: { sentences: readonly string[] }) {
  return (
    <ul className="faults">
      {[...new Set(sentences.slice(0, most))].map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
      {sentences.length > most ? <li>…</li> : null}
    </ul>
  );
}
