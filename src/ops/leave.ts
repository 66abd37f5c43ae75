/**
 * Ends the process with this code. Not by `process.exit` alone: it waits for V8's compiler threads, and one of those may be
 * waiting for a collection that the ending process no longer does (nodejs/node#54918; small heaps are collected often, see
 * main.ts). Becoming another program, whose only work is to end, ends all threads at once.
 */
export function leave(code: number): never {
  // What waits for the end, such as lines of the log that a full pipe did not take, is done as `process.exit` would.
  process.emit('exit', code);
  process.execve?.(process.execPath, [process.execPath, '-e', `process.exitCode = ${code}`], {});
  process.exit(code);
}
