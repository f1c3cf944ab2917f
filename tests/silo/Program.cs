using Gantral.Silo.Tests.Embedded;

// Started by the tests, to be killed by them.
return await SiloProcess.LiveAsync(args);
