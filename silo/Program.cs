Console.Error.WriteLine("The silo serves nothing yet: its ledger is the next thing to be built.");
return 1;
