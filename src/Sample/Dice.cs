namespace Weipian.Sample;

/// <summary>
/// Numbers that look like chance and are not: xoshiro256** seeded through SplitMix64 (Blackman and Vigna, public domain).
/// </summary>
/// <remarks>Integer arithmetic only, so the same number gives the same sequence on every machine and every version of .NET.</remarks>
internal sealed class Dice
{
    private ulong a;
    private ulong b;
    private ulong c;
    private ulong d;

    public Dice(ulong number)
    {
        a = Next(ref number);
        b = Next(ref number);
        c = Next(ref number);
        d = Next(ref number);
    }

    /// <summary>Dice of their own for one subject, so that adding a subject does not shift the others.</summary>
    public static Dice For(ulong number, string subject, long serial = 0)
    {
        var mixed = number;
        foreach (var letter in subject)
            mixed = Mix(mixed ^ letter);
        return new(Mix(mixed ^ (ulong)serial));
    }

    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double Share() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number between the two, the upper not included.</summary>
    public double Between(double low, double high) => low + (high - low) * Share();

    /// <summary>A whole number between the two, both included.</summary>
    public int Whole(int low, int high) => low + (int)(Share() * (high - low + 1));

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => Share() < probability;

    /// <summary>One of the list, each as likely.</summary>
    public T One<T>(IReadOnlyList<T> of) => of[(int)(Share() * of.Count)];

    /// <summary>A day between the two, both included.</summary>
    public DateOnly Day(DateOnly from, DateOnly to) => from.AddDays(Whole(0, to.DayNumber - from.DayNumber));

    /// <summary>Puts a list in a new order (Fisher and Yates).</summary>
    public void Shuffle<T>(IList<T> list)
    {
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = Whole(0, i);
            (list[i], list[j]) = (list[j], list[i]);
        }
    }

    /// <summary>A well-mixed number from a plain one; the base of everything that must not depend on the order of work.</summary>
    public static ulong Mix(ulong value)
    {
        value ^= value >> 30;
        value *= 0xBF58476D1CE4E5B9;
        value ^= value >> 27;
        value *= 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private ulong Bits()
    {
        var result = ulong.RotateLeft(b * 5, 7) * 9;
        var t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = ulong.RotateLeft(d, 45);
        return result;
    }

    private static ulong Next(ref ulong state) => Mix(state += 0x9E3779B97F4A7C15);
}
