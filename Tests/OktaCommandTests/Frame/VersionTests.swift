#if CommandLine
import OktaCommand
import Testing

@testable import OktaRuntime

@Suite("Version") struct VersionTests {
    @Test("Version: the program has that of the library, which is in `User-Agent`") func sameVersion() {
        #expect(OktaProgram.version == RuntimeVersion.current)
    }
}
#endif
