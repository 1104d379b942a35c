import { Tooltip, type TooltipProps } from 'antd';
import { cloneElement, type PointerEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

interface HoverTooltipProps {
  /** What is told; nothing is shown if it is empty. */
  readonly title: string;
  readonly placement?: NonNullable<TooltipProps['placement']>;
  /** How long the pointer rests before the tooltip comes, in seconds. */
  readonly delay?: number;
  /** What is explained: an element that hands on the handlers of pointers. */
  readonly children: ReactElement<Handlers>;
}

interface Handlers {
  readonly onPointerEnter?: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerLeave?: () => void;
}

/** How long a tooltip stays once the pointer has left, in seconds: enough to get onto the tooltip. */
const staying = 0.1;

/**
 * A tooltip for what the pointer rests on. It is antd's, mounted only while it is shown: it takes longer to mount than the
 * button that it explains, and a page has dozens of them.
 */
export function HoverTooltip({ title, placement = 'top', delay = 0.1, children }: HoverTooltipProps) {
  const [box, setBox] = useState<DOMRect | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const wait = (seconds: number, then: () => void) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(then, seconds * 1000);
  };
  const leave = () => wait(staying, () => setBox(undefined));
  const target = cloneElement(children, {
    onPointerEnter({ currentTarget, pointerType }: PointerEvent<HTMLElement>) {
      if (pointerType !== 'touch') wait(delay, () => setBox(currentTarget.getBoundingClientRect()));
    },
    onPointerLeave: leave,
  });
  return (
    <>
      {target}
      {box === undefined || title === ''
        ? null
        : createPortal(
            // What the pointer does on the tooltip arrives here.
            <div onPointerEnter={() => clearTimeout(timer.current)} onPointerLeave={leave}>
              <Shown box={box} title={title} placement={placement} hide={() => setBox(undefined)} />
            </div>,
            document.body,
          )}
    </>
  );
}

interface ShownProps {
  readonly title: string;
  readonly placement: NonNullable<TooltipProps['placement']>;
  /** Where what is explained lies in the window. */
  readonly box: DOMRect;
  readonly hide: () => void;
}

function Shown({ title, placement, box: { left, top, width, height }, hide }: ShownProps) {
  return (
    <Tooltip
      open
      title={title}
      placement={placement}
      onOpenChange={(open) => {
        if (!open) hide();
      }}
    >
      <span style={{ position: 'fixed', left, top, width, height, pointerEvents: 'none' }} />
    </Tooltip>
  );
}
