/// Line breaks: LF, CR LF or CR, as in YAML 1.2 and editors.
///
/// U+0085, U+2028 and U+2029 do not break a line, unlike in YAML 1.1.
public enum LineBreak {
    /// The first line break of some bytes of UTF-8.
    public static func first(in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        guard let start = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return nil }
        let isPair = bytes[start] == 0x0D && start + 1 < bytes.endIndex && bytes[start + 1] == 0x0A
        return start..<(start + (isPair ? 2 : 1))
    }
}
