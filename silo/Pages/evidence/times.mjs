// Moments and durations in the one spelling of the format, as milliseconds; null for any other.
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const DURATION = /^P(?:(\d{1,6})D)?(?:T(?:(\d\d?)H)?(?:(\d\d?)M)?(?:(\d\d?)(?:\.(\d{1,3}))?S)?)?$/;

export function moment(text) {
  if (typeof text !== 'string' || !MOMENT.test(text)) {
    return null;
  }

  const at = new Date(text);
  return !Number.isNaN(at.getTime()) && at.toISOString() === text ? at.getTime() : null;
}

export function duration(text) {
  const parts = typeof text === 'string' ? DURATION.exec(text) : null;
  if (!parts) {
    return null;
  }

  const [days, hours, minutes, seconds] = parts.slice(1, 5).map(part => Number(part ?? 0));
  const milliseconds = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + Number((parts[5] ?? '0').padEnd(3, '0'));
  return milliseconds > 0 && spelled(milliseconds) === text ? milliseconds : null;
}

function spelled(milliseconds) {
  const [days, rest] = [Math.floor(milliseconds / 86_400_000), milliseconds % 86_400_000];
  const [hours, minutes, seconds] = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, (rest % 60_000) / 1000];
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds ? `${seconds}S` : ''}`;
  return `P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`;
}
