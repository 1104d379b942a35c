// First, so that what the console says of antd's classes comes after what antd says.
import 'antd/dist/antd.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { ready } from './words/index.ts';
import './shell/base.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element #root.');
const page = createRoot(root);
void ready.then(() =>
  page.render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
