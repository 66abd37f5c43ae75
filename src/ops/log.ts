import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { correlationNow } from '../lib/correlation.ts';
import { scrub } from './scrub.ts';

/** Members that hold secrets or act like passwords wherever they turn up; their values never reach the log. */
const SECRET = [
  'token',
  'secret',
  'password',
  'accessToken',
  'refreshToken',
  'authorization',
  'response_url',
  'trigger_id',
];

/**
 * One JSON object a line, on standard output unless it is to go elsewhere. A line written while a question is answered or a
 * cycle runs carries its id.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: correlationField,
    redact: { paths: SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
    hooks: { streamWrite: scrub },
    serializers: { err: errorWithoutRequest },
  };
  return destination ? pino(options, destination) : pino(options);
}

function correlationField() {
  const correlation = correlationNow();
  return correlation === undefined ? {} : { correlation };
}

/** An error as its kind, message and stack: clients hang whole requests with their headers onto errors. */
function errorWithoutRequest(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const code: unknown = Reflect.get(error, 'code');
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' && { code }),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: errorWithoutRequest(error.cause) }),
  };
}
