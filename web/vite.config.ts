import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { antdStyles } from './antdstyles.ts';

/** The console: static files in `web/dist`, served at `/` beside the API. */
export default defineConfig({
  plugins: [react()],
  css: { postcss: { plugins: [antdStyles] } },
  // Files of earlier builds stay: an open page may still load one, and their names tell them apart.
  build: { target: 'es2023', outDir: 'dist', emptyOutDir: false, chunkSizeWarningLimit: 1000 },
  server: { proxy: { '/api': 'http://127.0.0.1:4000', '/audio': 'http://127.0.0.1:4000' } },
});
