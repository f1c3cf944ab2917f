using Gantral.Silo.Startup;

return await new SiloProgram(Rooms.OfThisSilo).RunAsync(args);
