import { Alert } from 'antd';
import type { ReactNode } from 'react';

/** The footer of a dialog: above its buttons, why the last attempt was refused, if it was. */
export function refusalFooter(failure: string | undefined) {
  return (buttons: ReactNode) => (
    <>
      {failure === undefined ? null : (
        <Alert type="error" showIcon title={failure} className="dialog-refusal" />
      )}
      {buttons}
    </>
  );
}
