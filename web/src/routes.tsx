import { Spin } from 'antd';
import { createBrowserRouter } from 'react-router';
import { RouteCrash } from './crash.tsx';

/** The pages of the console by their paths; each is loaded when it is first shown. */
export const router = createBrowserRouter([
  {
    ErrorBoundary: RouteCrash,
    HydrateFallback: Waiting,
    children: [],
  },
]);

function Waiting() {
  return (
    <div className="waiting">
      <Spin size="large" />
    </div>
  );
}
