namespace Weipian.GeoFiles;

/// <summary>The checksum of zip entries (ISO 3309, polynomial 0xEDB88320), eight bytes at a time.</summary>
internal struct Crc32
{
    private static readonly uint[][] Tables = BuildTables();

    private uint state;

    public readonly uint Value => state;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = ~state;
        var t = Tables;
        while (bytes.Length >= 8)
        {
            var low = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc =
                t[7][low & 0xFF]
                ^ t[6][(low >> 8) & 0xFF]
                ^ t[5][(low >> 16) & 0xFF]
                ^ t[4][low >> 24]
                ^ t[3][high & 0xFF]
                ^ t[2][(high >> 8) & 0xFF]
                ^ t[1][(high >> 16) & 0xFF]
                ^ t[0][high >> 24];
            bytes = bytes[8..];
        }
        foreach (var value in bytes)
            crc = t[0][(crc ^ value) & 0xFF] ^ (crc >> 8);
        state = ~crc;
    }

    private static uint[][] BuildTables()
    {
        var tables = new uint[8][];
        for (var k = 0; k < 8; k++)
        {
            tables[k] = new uint[256];
            for (var n = 0u; n < 256; n++)
                tables[k][n] = k == 0 ? Single(n) : tables[0][tables[k - 1][n] & 0xFF] ^ (tables[k - 1][n] >> 8);
        }
        return tables;

        static uint Single(uint n)
        {
            for (var bit = 0; bit < 8; bit++)
                n = (n & 1) != 0 ? 0xEDB88320 ^ (n >> 1) : n >> 1;
            return n;
        }
    }
}
