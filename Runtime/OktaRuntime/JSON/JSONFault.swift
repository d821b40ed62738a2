/// The parser's error, before its path is known.
struct JSONFault: Error {
    var reason: JSONError.Reason
    var offset: Int

    init(_ reason: JSONError.Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

/// Finds the value that the parser was reading when it stopped. No cost until an error occurs.
struct JSONFaultPath {
    let path: JSONPath

    /// `tape` is the parser's, incomplete: open containers still refer to their parents.
    init(_ parser: JSONParser, tape: UnsafePointer<TapeEntry>, input: UnsafeBufferPointer<UInt8>) {
        var open: [Int] = []
        var container = parser.container
        for _ in 0..<parser.depth {
            open.append(container)
            container = tape[container].entries
        }
        open.reverse()
        var steps: [JSONPath.Step] = []
        for (level, container) in open.enumerated() {
            let child = level + 1 < open.count ? open[level + 1] : parser.tapeCount
            if tape[container].has(.array) {
                steps.append(.index(Self.position(of: child, inArrayAt: container, tape)))
            } else if let key = Self.key(of: child, inObjectAt: container, tape) {
                let content = UnsafeBufferPointer(rebasing: input[key.offset..<key.offset + key.length])
                steps.append(.key(JSONEscape.unescape(content)))
            }
        }
        path = JSONPath(steps)
    }

    private static func position(of child: Int, inArrayAt container: Int, _ tape: UnsafePointer<TapeEntry>) -> Int {
        var cursor = container + 1
        var position = 0
        while cursor < child {
            cursor += tape[cursor].span
            position += 1
        }
        return position
    }

    /// The name whose value begins, or would begin, at `child`; nil between members.
    private static func key(of child: Int, inObjectAt container: Int, _ tape: UnsafePointer<TapeEntry>) -> TapeEntry? {
        var cursor = container + 1
        while cursor < child {
            if cursor + 1 == child { return tape[cursor] }
            cursor += 1 + tape[cursor + 1].span
        }
        return nil
    }
}
