// What netstandard2.0 lacks and the language asks for. Internal, so that no extra assembly ships beside the analyzers.
namespace System.Runtime.CompilerServices
{
    using System;

    internal static class IsExternalInit { }

    [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
    internal sealed class CompilerFeatureRequiredAttribute : Attribute
    {
        public CompilerFeatureRequiredAttribute(string featureName) => FeatureName = featureName;

        public string FeatureName { get; }
    }

    [AttributeUsage(AttributeTargets.All)]
    internal sealed class RequiredMemberAttribute : Attribute { }
}
