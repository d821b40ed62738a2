/// Swift text, line by line.
struct SourceText {
    private(set) var text = ""
    private var depth = 0

    mutating func print(_ lines: String...) { lines.forEach { print(line: $0) } }

    mutating func document(_ lines: [String]) { lines.forEach { print(line: $0) } }

    mutating func block(_ head: String, _ body: (inout SourceText) -> Void) {
        print(line: "\(head) {")
        indented(body)
        print(line: "}")
    }

    mutating func indented(_ body: (inout SourceText) -> Void) {
        depth += 1
        body(&self)
        depth -= 1
    }

    private mutating func print(line: String) {
        text += (line.isEmpty ? "" : String(repeating: "    ", count: depth) + line) + "\n"
    }
}
