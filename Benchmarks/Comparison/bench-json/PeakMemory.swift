import Foundation
import Okta

/// The peak memory of a process that parses a page and reads ten fields of each user, including the body.
struct PeakMemory {
    func run() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("okta-bench-\(getpid()).json").path
        // The text goes through a file, so that the memory for creating it is freed before the measurement begins.
        try Data(UserPage(count: 11_500).bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        guard let before = Self.reset() else { return print("peak memory: measured on Linux only") }
        let body = try Self.read(path)
        let size = body.count
        _ = try TenFields.okta(body)
        guard let peak = Self.peak() else { return }
        print(
            String(
                format: "peak memory of parse + ten fields, body included: %.2f times the body of %d kB",
                Double(peak - before) / Double(size), size / 1000))
    }

    /// Reads a file into an array of its size, without the copies that Data would add.
    private static func read(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw BenchmarkError("cannot read \(path)") }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        let size = ftell(file)
        rewind(file)
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = fread(buffer.baseAddress, 1, size, file)
        }
    }

    /// Resets the peak, and returns the current memory in bytes.
    private static func reset() -> Int? {
        guard let file = fopen("/proc/self/clear_refs", "w") else { return nil }
        fputs("5", file)
        fclose(file)
        return status("VmRSS:")
    }

    private static func peak() -> Int? { status("VmHWM:") }

    private static func status(_ name: String) -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        return line?.split(separator: " ").compactMap { Int($0.filter(\.isNumber)) }.first.map { $0 * 1024 }
    }
}
