Console.Error.WriteLine("usage: bench kernel");
return 2;
