import { Spin } from 'antd';

/** Shown while something is loaded. */
export function Waiting() {
  return (
    <div className="waiting">
      <Spin size="large" />
    </div>
  );
}
