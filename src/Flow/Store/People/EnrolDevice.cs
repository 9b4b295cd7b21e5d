using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Weipian.Flow.Store;

/// <summary>Takes up the public key of a field device for one's own seat. The private key never leaves the device.</summary>
public static class EnrolDevice
{
    public const string Act = "enrol-device";

    /// <summary>What the device signs to prove that it holds the key.</summary>
    public static byte[] Challenge(string login, string publicKey) =>
        System.Text.Encoding.UTF8.GetBytes($"weipian-device\n{login}\n{publicKey}");

    /// <param name="PublicKey">SubjectPublicKeyInfo of a P-256 key, base 64.</param>
    /// <param name="Proof">Signature over <see cref="Challenge"/> (ECDSA, SHA-256, r and s after one another, as browsers make it), base
    /// 64.</param>
    public sealed record Request(string NameZh, string PublicKey, string Proof, string Reason);

    /// <summary>Pure: a key of the right curve that really signed.</summary>
    /// <returns>SHA-256 of the key.</returns>
    /// <exception cref="Problem"><c>store.device-key-wrong</c>, <c>chain.bad-value</c></exception>
    public static string Decide(Actor actor, Request request)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(request);
        if (string.IsNullOrWhiteSpace(request.NameZh) || request.NameZh.Length > 100)
            throw Problem.Chain.BadValue("NameZh", "", "1 至 100 个字的设备名称", "a name of 1 to 100 characters");
        return Check(request.PublicKey, Challenge(actor.Login, request.PublicKey), request.Proof)
            ? Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(request.PublicKey)))
            : throw Problem.Store.DeviceKeyWrong();
    }

    /// <summary>Whether a key made a signature over some bytes.</summary>
    public static bool Check(string publicKey, byte[] signed, string signature)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out var read);
            return read > 0
                && key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value
                && key.VerifyData(
                    signed,
                    Convert.FromBase64String(signature),
                    HashAlgorithmName.SHA256,
                    DSASignatureFormat.IeeeP1363FixedFieldConcatenation
                );
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException)
        {
            return false;
        }
    }

    /// <exception cref="Problem"><c>store.device-key-wrong</c>, <c>chain.already-done</c></exception>
    public static Task<Guid> Handle(WeipianStore store, Actor actor, Request request, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(request);
        return store.ActAsync(
            actor,
            Act,
            request.NameZh,
            request.Reason,
            async act =>
            {
                var hash = Decide(actor, request);
                if (await act.Db.DeviceKeys.FirstOrDefaultAsync(d => d.KeySha256 == hash, stop) is { } there)
                    throw Problem.Chain.AlreadyDone("该设备密钥的登记", "The enrolment of the key", there.By, there.At);
                var device = new DeviceKey
                {
                    Id = act.NewId(),
                    SeatLogin = actor.Login,
                    NameZh = request.NameZh.Trim(),
                    PublicKey = request.PublicKey,
                    KeySha256 = hash,
                    By = act.By.Login,
                    At = act.At,
                };
                act.Db.Add(device);
                return device.Id;
            },
            stop
        );
    }
}
