using GenService;

// PUT /streams/pump-7/0.53 takes a value in and answers with a forecast of the next one; DELETE /streams/pump-7 forgets the stream.
WebApplicationBuilder builder = WebApplication.CreateBuilder(args);

// Weights come from training elsewhere. Without a file the service runs, on weights that know nothing yet.
string? weights = builder.Configuration["Weights"];
builder.Services.AddSingleton(weights is null ? new Forecaster(seed: 1) : Forecaster.Load(weights));
builder.Services.AddSingleton<Streams>();

WebApplication app = builder.Build();
app.MapPut("/streams/{stream}/{value}", (string stream, float value, Streams streams) =>
    float.IsFinite(value) ? Results.Ok(new { Forecast = streams.Next(stream, value) }) : Results.BadRequest("The value is no finite number."));
app.MapDelete("/streams/{stream}", (string stream, Streams streams) => streams.Forget(stream) ? Results.NoContent() : Results.NotFound());

// The first call of a model compiles its code: no request shall wait for that.
app.Services.GetRequiredService<Streams>().Next("", 0);
app.Services.GetRequiredService<Streams>().Forget("");
app.Run();
