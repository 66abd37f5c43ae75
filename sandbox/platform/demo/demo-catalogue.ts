/** The invented fleet of the demo: who makes what, in which groups, and how many of each. */
export interface CatalogueGroup {
  readonly group: string;
  readonly deviceType: string;
  readonly model: string;
  readonly manufacturerName: string;
  readonly devices: number;
  readonly label: string;
}

export const CATALOGUE: readonly CatalogueGroup[] = [
  {
    group: 'meters-north',
    deviceType: 'WaterMeter',
    model: 'WM20',
    manufacturerName: 'ExampleCo',
    devices: 900,
    label: 'Water meter',
  },
  {
    group: 'meters-south',
    deviceType: 'WaterMeter',
    model: 'WM20',
    manufacturerName: 'ExampleCo',
    devices: 760,
    label: 'Water meter',
  },
  {
    group: 'meters-hills',
    deviceType: 'WaterMeter',
    model: 'WM31',
    manufacturerName: 'Bluewell',
    devices: 420,
    label: 'Water meter',
  },
  {
    group: 'lamps-harbour',
    deviceType: 'StreetLamp',
    model: 'Lumo 4',
    manufacturerName: 'Lumo Works',
    devices: 1100,
    label: 'Street lamp',
  },
  {
    group: 'lamps-old-town',
    deviceType: 'StreetLamp',
    model: 'Lumo 3',
    manufacturerName: 'Lumo Works',
    devices: 640,
    label: 'Street lamp',
  },
  {
    group: 'parking-centre',
    deviceType: 'ParkingSensor',
    model: 'PS-7',
    manufacturerName: 'Kerbside',
    devices: 520,
    label: 'Parking sensor',
  },
  {
    group: 'gas-east',
    deviceType: 'GasMeter',
    model: 'G4 NB',
    manufacturerName: 'Norgas',
    devices: 460,
    label: 'Gas meter',
  },
  {
    group: 'bins-pilot',
    deviceType: 'WasteSensor',
    model: 'BinSight',
    manufacturerName: 'Kerbside',
    devices: 200,
    label: 'Waste bin',
  },
];

const FALLBACK: CatalogueGroup = {
  group: 'meters-north',
  deviceType: 'WaterMeter',
  model: 'WM20',
  manufacturerName: 'ExampleCo',
  devices: 0,
  label: 'Water meter',
};

/** The entry of a group, by its place in the catalogue counted round and round. */
export function catalogueEntry(place: number): CatalogueGroup {
  return CATALOGUE[place % CATALOGUE.length] ?? FALLBACK;
}

/** What a task aimed at the whole group says of its targets. */
export function targetsOfGroup(entry: CatalogueGroup) {
  const { group, deviceType, model, manufacturerName } = entry;
  return { deviceGroups: [group], deviceType, model, manufacturerName };
}
