internal import Dispatch

/// A line of an input.
package enum InputLine: Sendable, Hashable {
    /// The line without its line break.
    case text([UInt8])
    /// A line over the limit, which was skipped.
    case tooLong
}

/// The lines of an input as they arrive. Iteration ends with the input, or when the task is cancelled.
package struct InputLines: AsyncSequence, Sendable {
    package typealias Element = InputLine
    package typealias Failure = Never

    private let stream: AsyncStream<InputLine>
    private let space: DispatchSemaphore

    /// The number of lines that are read ahead.
    private static let ahead = 64

    /// Reads lines with a function that returns the next bytes, and none at the end. It may block.
    init(upTo limit: Int, _ read: @escaping @Sendable () -> [UInt8]) {
        // Created with 0, since releasing a semaphore below its initial value traps.
        let space = DispatchSemaphore(value: 0)
        for _ in 0..<Self.ahead { space.signal() }
        let (stream, continuation) = AsyncStream.makeStream(of: InputLine.self)
        self.stream = stream
        self.space = space
        // A separate thread, since a blocked read would occupy one of the cooperative pool's.
        DispatchQueue(label: "okta.input").async {
            var splitter = LineSplitter(limit: limit)
            while true {
                let bytes = read()
                for line in bytes.isEmpty ? splitter.end() : splitter.add(bytes) {
                    space.wait()
                    continuation.yield(line)
                }
                if bytes.isEmpty { return continuation.finish() }
            }
        }
    }

    /// Creates the lines of bytes in memory.
    init(upTo limit: Int, of bytes: [UInt8]) {
        var splitter = LineSplitter(limit: limit)
        let (stream, continuation) = AsyncStream.makeStream(of: InputLine.self)
        for line in splitter.add(bytes) + splitter.end() { continuation.yield(line) }
        continuation.finish()
        self.stream = stream
        space = DispatchSemaphore(value: 0)
    }

    package func makeAsyncIterator() -> Iterator { Iterator(base: stream.makeAsyncIterator(), space: space) }

    package struct Iterator: AsyncIteratorProtocol {
        var base: AsyncStream<InputLine>.Iterator
        let space: DispatchSemaphore

        package mutating func next() async -> InputLine? {
            let line = await base.next()
            space.signal()
            return line
        }
    }
}

/// Splits bytes into lines.
struct LineSplitter {
    private let limit: Int
    private var pending: [UInt8] = []
    private var isTooLong = false

    init(limit: Int) { self.limit = limit }

    /// Returns the lines that end within some bytes.
    mutating func add(_ bytes: [UInt8]) -> [InputLine] {
        var lines: [InputLine] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            keep(rest[..<end])
            lines += take()
            rest = rest[rest.index(after: end)...]
        }
        keep(rest)
        return lines
    }

    /// Returns the last line if it has no line break.
    mutating func end() -> [InputLine] { pending.isEmpty && !isTooLong ? [] : take() }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        isTooLong = isTooLong || pending.count + bytes.count > limit
        if isTooLong { pending = [] } else { pending += bytes }
    }

    private mutating func take() -> [InputLine] {
        defer {
            pending = []
            isTooLong = false
        }
        if isTooLong { return [.tooLong] }
        if pending.last == UInt8(ascii: "\r") { pending.removeLast() }
        return [.text(pending)]
    }
}
