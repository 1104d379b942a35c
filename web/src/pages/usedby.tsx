import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { separator } from '../words/listing.ts';

interface UsedByProps {
  readonly label: string;
  readonly flows: readonly { readonly flow: string; readonly name: string }[];
}

/** The flows that use something, each with a link to it. */
export function UsedBy({ label, flows }: UsedByProps) {
  const { i18n } = useTranslation();
  return (
    <>
      {label}{' '}
      {flows.map(({ flow, name }, index) => (
        <Fragment key={flow}>
          {index === 0 ? null : separator(i18n.language)}
          <Link to={`/flows/${flow}`}>{name}</Link>
        </Fragment>
      ))}
    </>
  );
}
