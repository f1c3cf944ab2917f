return await Gantral.Cli.GantralCommand.RunAsync(args);
