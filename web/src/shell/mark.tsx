/** The branching line of the brand, drawn quietly: what stands where there is nothing else. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 48 32" width="72" height="48" aria-hidden="true">
      <path d="M7 16h10c8 0 6-9 13-9h8M17 16c8 0 6 9 13 9h8" />
      <circle cx="7" cy="16" r="4" />
      <circle cx="41" cy="7" r="4" />
      <circle cx="41" cy="25" r="4" />
    </svg>
  );
}
