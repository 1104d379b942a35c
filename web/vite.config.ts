import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { antdStyles } from './antdstyles.ts';

/**
 * What every page needs is one file, and what six pages or more share is another. By default the modules that the same pages
 * share are a file of their own: the list of flows took 61 files, the editor 108, most of them below 2 KB. Dialogs that save, and
 * drawers, are left out of it: the list of flows opens them later or never.
 */
const chunks = [
  { name: 'index', tags: ['$initial' as const], priority: 2 },
  {
    name: 'console',
    minShareCount: 6,
    priority: 1,
    test: /^(?!.*(\/shell\/(savedialog|unsavedform|fieldfaults)\.|\/drawer\/))/,
  },
];

/** The console: static files in `web/dist`, served at `/` beside the API. */
export default defineConfig({
  plugins: [react()],
  css: { postcss: { plugins: [antdStyles] } },
  build: {
    target: 'es2023',
    outDir: 'dist',
    // Files of earlier builds stay: an open page may still load one, and their names tell them apart.
    emptyOutDir: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4000', '/audio': 'http://127.0.0.1:4000' } },
});
