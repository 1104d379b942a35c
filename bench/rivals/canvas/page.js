import { Controls, ReactFlow, useEdgesState, useNodesState } from '@xyflow/react';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import '@xyflow/react/dist/style.css';

// React Flow as its first example shows it, with its own nodes, on the same flow at the same places.
const flow = await (await fetch('/api/flows/bench')).json();
const nodes = Object.entries(flow.nodes).map(([id, { label = id }]) => {
  const [x, y] = flow.layout[id];
  return { id, position: { x, y }, data: { label } };
});
const edges = Object.entries(flow.nodes).flatMap(([source, { exits = {} }]) =>
  Object.entries(exits).map(([exit, target]) => ({ id: `${source}.${exit}`, source, target })),
);

function Page() {
  const [drawn, , changeNodes] = useNodesState(nodes);
  const [lines, , changeEdges] = useEdgesState(edges);
  const props = {
    nodes: drawn,
    edges: lines,
    onNodesChange: changeNodes,
    onEdgesChange: changeEdges,
    onlyRenderVisibleElements: true,
    panOnScroll: true,
    minZoom: 0.01,
    defaultViewport: { x: 80, y: 320, zoom: 0.8 },
  };
  return createElement(ReactFlow, props, createElement(Controls));
}

createRoot(document.getElementById('root')).render(createElement(Page));
