import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Remote } from '../draft/remote.ts';
import { listed } from '../words/listing.ts';
import { useFlow } from './documentstore.ts';

/** How often the calls in progress are counted again, in milliseconds. */
const lookMs = 5000;

/** Whom a publish concerns, as long as it is shown. */
export function usePublishImpact(remote: Remote) {
  const { id } = useFlow();
  return useQuery({
    queryKey: ['reach', id],
    queryFn: async () => (await remote.reach?.()) ?? null,
    enabled: remote.reach !== undefined,
    refetchInterval: lookMs,
    gcTime: 0,
  });
}

/** Which numbers ring the flow, and how many are on the line. */
export function PublishImpactSummary({ remote }: { remote: Remote }) {
  const { t, i18n } = useTranslation();
  const { data: reach, isFetchedAfterMount } = usePublishImpact(remote);
  // What the notice of the last publish counted may be seconds old: a number bound since is missing there.
  if (!isFetchedAfterMount || reach === undefined || reach === null) return null;
  const { numbers, calls } = reach;
  return (
    <section>
      <h3>{t('saving.reach')}</h3>
      <ul className="reach">
        <li>
          {numbers.length === 0
            ? t('saving.reachNone')
            : t('saving.reachNumbers', { numbers: listed(numbers, i18n.language) })}
        </li>
        <li>{calls === 0 ? t('saving.reachQuiet') : t('saving.reachCalls', { count: calls })}</li>
      </ul>
    </section>
  );
}
