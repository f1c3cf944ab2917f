return await Gantral.Bench.BenchCommand.RunAsync(args);
