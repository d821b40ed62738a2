/// Proves that `true`, `false` or `null` stands at a position.
enum JSONWordScanner {
    @inline(never)
    static func scan(
        _ word: StaticString, _ input: UnsafePointer<UInt8>, at position: Int, count: Int
    ) throws(JSONFault) {
        for index in 0..<word.utf8CodeUnitCount {
            guard position &+ index < count else { throw JSONFault(.unexpectedEnd, at: count) }
            guard input[position &+ index] == word.utf8Start[index] else {
                throw JSONFault(.invalidLiteral, at: position)
            }
        }
    }
}
