import { Component, type ReactNode } from "react";

type Props = { readonly children: ReactNode; readonly fallback: ReactNode };

/** A screen that breaks takes nothing with it: what was rung up and sold is on the disk. */
export class ScreenBoundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(error: unknown): void {
    console.error(error);
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.fallback : this.props.children;
  }
}
