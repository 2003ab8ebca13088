using System;

namespace GenRnn.EndToEnd.Tests.Declaring;

/// <summary>A golden case that no declaration can say yet; the message names the layer or flag that is missing.</summary>
internal sealed class NotSupportedCaseException(string what) : Exception(what);
