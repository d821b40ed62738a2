/// Where the lines of a file are.
struct LineTable {
    private let content: ArraySlice<UInt8>
    private var lines: [Range<Int>] = []

    init(_ file: SourceFile) {
        content = file.content
        var rest = content
        while let lineBreak = LineBreak.first(in: rest) {
            lines.append(rest.startIndex..<lineBreak.lowerBound)
            rest = rest[lineBreak.upperBound...]
        }
        lines.append(rest.startIndex..<rest.endIndex)
    }

    /// The text of a line counted from 1, without its line break; nil when the file has no such line.
    ///
    /// Bytes that are not UTF-8 are shown as U+FFFD.
    func line(_ number: Int) -> String? {
        guard lines.indices.contains(number - 1) else { return nil }
        return String(decoding: content[lines[number - 1]], as: UTF8.self)
    }
}
