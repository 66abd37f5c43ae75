const LOOK_AGAIN_MS = 50;

/** Waits until something holds that no page shows. */
export async function until(what: string, holds: () => boolean, limitMs = 20_000): Promise<void> {
  const limit = Date.now() + limitMs;
  while (!holds()) {
    if (Date.now() > limit) throw new Error(`${what} did not come within ${limitMs / 1_000} s`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
