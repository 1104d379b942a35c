import { Form } from 'antd';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Problem } from '../../../../lib/flow/problem.ts';
import { type Status, statusOf, statusOfWhole } from './status.ts';

/** What the parts of a field are marked by: the problems of its node, and the way to the part. */
interface Place {
  readonly problems: readonly Problem[];
  /** The field as problems name it: `cases.0.when.1.value`; `undefined` for a part that no problem is about. */
  readonly at: string | undefined;
}

const PlaceContext = createContext<Place>({ problems: [], at: undefined });

interface MarkedProps {
  readonly problems: readonly Problem[];
  readonly at: string;
  readonly children: ReactNode;
}

/** A setting, marked by its own problems only, whatever is wrong with the settings beside it. */
export function Marked({ problems, at, children }: MarkedProps) {
  const place = useMemo(() => ({ problems, at }), [problems, at]);
  return (
    <PlaceContext value={place}>
      <Mark status={statusOf(problems, at)}>{children}</Mark>
    </PlaceContext>
  );
}

interface PartProps {
  /** The way from the setting around: `0`, `text`; left out for what no problem is about, such as a tool. */
  readonly within?: string;
  /** Whether a problem of the setting as a whole is shown here. */
  readonly forWhole?: boolean;
  readonly children: ReactNode;
}

/** A part of a setting, marked as a setting is. */
export function Part({ within, forWhole = false, children }: PartProps) {
  const { problems, at } = useContext(PlaceContext);
  const own = at === undefined || within === undefined ? undefined : `${at}.${within}`;
  const place = useMemo(() => ({ problems, at: own }), [problems, own]);
  const status = own === undefined ? 'success' : (forWhole ? statusOfWhole : statusOf)(problems, own);
  return (
    <PlaceContext value={place}>
      <Mark status={status}>{children}</Mark>
    </PlaceContext>
  );
}

function Mark({ status, children }: { status: Status; children: ReactNode }) {
  return (
    <Form.Item noStyle validateStatus={status}>
      <div className="field-mark" data-status={status}>
        {children}
      </div>
    </Form.Item>
  );
}
