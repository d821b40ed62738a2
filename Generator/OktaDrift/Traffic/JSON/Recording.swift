import Foundation

/// A recording of HTTP exchanges, read once from start to end.
///
/// Only one window is in memory, so the length is not limited.
public struct Recording {
    /// The name in reports, which is the path.
    public let name: String
    /// Fills a buffer with the next bytes and returns their number; 0 at the end.
    let read: (UnsafeMutableBufferPointer<UInt8>) throws(RecordingFailure) -> Int

    /// Creates a recording from a function that supplies the bytes.
    ///
    /// - Parameters:
    ///   - name: The name in reports.
    ///   - read: Fills a buffer with the next bytes and returns their number; 0 at the end.
    public init(
        name: String, read: @escaping (UnsafeMutableBufferPointer<UInt8>) throws(RecordingFailure) -> Int
    ) {
        self.name = name
        self.read = read
    }

    /// Creates a recording in memory.
    public init(name: String, text: String) {
        var rest = Array(text.utf8)[...]
        self.init(name: name) { buffer in
            let count = min(buffer.count, rest.count)
            _ = buffer.update(fromContentsOf: rest.prefix(count))
            rest = rest.dropFirst(count)
            return count
        }
    }

    /// Opens a file; `-` is standard input.
    public init(atPath path: String) throws(RecordingFailure) {
        let failure = RecordingFailure(message: "\(path) cannot be read; pass a recording, or - for standard input")
        guard let stream = InputStream(fileAtPath: path == "-" ? "/dev/stdin" : path) else { throw failure }
        stream.open()
        guard stream.streamStatus != .error else { throw failure }
        self.init(name: path == "-" ? "standard input" : path) { (buffer) throws(RecordingFailure) in
            guard let start = buffer.baseAddress else { return 0 }
            let count = stream.read(start, maxLength: buffer.count)
            guard count >= 0 else { throw failure }
            return count
        }
    }
}

/// A recording that cannot be read.
public struct RecordingFailure: Error, Hashable {
    /// The problem and the advice.
    public var message: String

    /// Creates a failure.
    public init(message: String) {
        self.message = message
    }
}

/// The window of a recording that is in memory.
final class RecordingWindow {
    /// The default size, which is large enough that system calls have no measurable cost.
    static let defaultCapacity = 256 << 10

    let bytes: UnsafeMutablePointer<UInt8>
    let capacity: Int
    private let recording: Recording
    /// The error that ended the recording early, if any.
    private(set) var failure: RecordingFailure?

    init(_ recording: Recording, capacity: Int = RecordingWindow.defaultCapacity) {
        self.recording = recording
        self.capacity = capacity
        bytes = .allocate(capacity: capacity)
    }

    deinit { bytes.deallocate() }

    /// Moves the window to the next bytes, and returns their number; 0 at the end.
    func fill() -> Int {
        var count = 0
        do throws(RecordingFailure) {
            while count < capacity {
                let more = try recording.read(.init(start: bytes + count, count: capacity - count))
                guard more > 0 else { break }
                count += more
            }
        } catch {
            failure = error
            return 0
        }
        return count
    }
}
