using System;
using System.Collections.Generic;
using System.Linq;

namespace GenRnn.Compiler.Findings;

/// <summary>Every rule that Gen knows, by name; a file for each hundred of IDs. What Roslyn, the analyzers' releases and the help pages say of them is derived from here.</summary>
public static partial class Rules
{
    /// <summary>All of them, in the order of their IDs.</summary>
    public static IReadOnlyList<Rule> All => Table.All;

    /// <summary>The rule of an ID; throws for an ID that no rule has.</summary>
    public static Rule Find(string id) => Table.ById.TryGetValue(id, out Rule? rule) ? rule : throw new ArgumentException("No rule has the ID '" + id + "'.", nameof(id));

    // A class of its own, so that it is filled after the rules, whose files the compiler takes in any order.
    private static class Table
    {
        public static readonly Rule[] All =
        {
            NotGenerated, InternalError,
            NotPartial, NoInput, SpreadAttributes, NotExtensible, ModifierWithoutLayer, InvalidName, UnnamedInputs, MemberClash, UnknownLayer, HiddenAttribute, UnfitBase, UnnamedOutput,
            UnknownFlag, UnknownEnumMember, WrongArgumentType, UnitsNotPositive, ValueOutOfRange, StatefulWithoutBatch, NonSaturatingActivation,
            UnboundedGate, StatefulBackwards, ReversedSequence, HardSigmoidDefinition, ZeroOutputWithoutMask, DropoutOutOfRange, DropoutOfEverything, KeepOutOfRange, UnknownWeight, ChangesNothing, UnfitInitializer, UnfitModifierOfWeight,
            LastStepOnly, InvalidInput, InitialStateMismatch, SoftmaxOfOneValue, LayerShape, UnfitInput, UnfitWrapper, LostMask, SwappedInitialStates, RedundantTimeDistributed, LookAhead, UnfitHalves, Unread, UnknownOperand, UnfitOperands,
            SeveralClippings, LossAndActivation, ShuffledState, BatchSizeMismatch, UnfitDataSet, DroppedPenalty,
            UnrollBeyondBudget, ModelBeyondBudget, LongUnroll, BeyondOwnBudget,
            WrongLength, StepWithoutStreaming, ForeignState, SharedAcrossThreads, StateNotReset, SwappedArguments, WrongLayout, IdOutsideVocabulary, MaskedId,
            DoubtfulLength, ImpossibleState, WrongRowLength, OptionOutOfRange,
            NotACell, UnfitPart, StepSignature, UnsupportedInCell, CellWidths, WeightName,
        };

        public static readonly Dictionary<string, Rule> ById = All.ToDictionary(r => r.Id, StringComparer.Ordinal);
    }
}
