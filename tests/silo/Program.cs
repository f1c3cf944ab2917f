using Gantral.Silo.Tests.Crashes;
using Gantral.Silo.Tests.Embedded;

// Started by the tests, to be killed by them.
return args[0] == HammerProcess.Verb ? await Hammer.RunAsync(args[1..]) : await SiloProcess.LiveAsync(args);
