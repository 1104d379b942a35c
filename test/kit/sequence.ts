import { statSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The order of the test files. Files that start whole stacks come first, since a long one at the end would run alone;
 * the rest goes by size. Browser files are spread evenly among the others: they share one browser, and several at once
 * would wait for each other.
 */
export default class Sequence extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const bySize = files.toSorted((a, b) => statSync(b.moduleId).size - statSync(a.moduleId).size);
    const stacks = bySize.filter(({ moduleId }) => /[/\\]local\.[^/\\]+$/.test(moduleId));
    const browsers = bySize.filter(({ moduleId }) => /[/\\]browser[/\\]/.test(moduleId));
    const others = bySize.filter((file) => !stacks.includes(file) && !browsers.includes(file));
    return spread(browsers, [...stacks, ...others]);
  }
}

/** Puts `some` at even distances among `many`, and keeps the order of both. */
function spread<T>(some: readonly T[], many: readonly T[]): T[] {
  const distance = many.length / Math.max(some.length, 1);
  const before = (place: number) => Math.floor(place * distance);
  return some.length === 0
    ? [...many]
    : some.flatMap((each, place) => [each, ...many.slice(before(place), before(place + 1))]);
}
