/**
 * Waits for work, but not for ever: a bench that stands still says what it waits for.
 * @param what is to be done, as the error will say it; a function where that is known only when time is up
 */
export async function within<T>(seconds: number, what: string | (() => string), work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${typeof what === "string" ? what : what()}: not done within ${Math.ceil(seconds)} s`));
    }, Math.max(0, seconds) * 1_000);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
