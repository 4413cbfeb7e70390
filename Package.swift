// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "Backdrop",
    products: [
        .executable(name: "backdrop", targets: ["backdrop"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // C libraries: headers and a shim each, no logic.
        .target(name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        .target(name: "CSixel", linkerSettings: [.linkedLibrary("sixel")]),
        .target(name: "CPNG", linkerSettings: [.linkedLibrary("png16"), .linkedLibrary("z")]),
        .target(name: "CJPEG", linkerSettings: [.linkedLibrary("jpeg")]),
        .target(name: "COneDNN", linkerSettings: [.linkedLibrary("dnnl")]),
        // The allocator of the whole process, in glibc's place: after hours of pictures glibc holds ever more pages that nothing stands in.
        .target(name: "CJemalloc", linkerSettings: [.linkedLibrary("jemalloc")]),
        // The engine, ground floor first; an import only ever points up this list.
        .target(name: "Kernels", cSettings: [.unsafeFlags(["-O3"])], linkerSettings: [.linkedLibrary("gomp")]),
        .target(name: "Tensor", dependencies: ["COneDNN", "Kernels"]),
        // Pixel loops are optimised in debug builds too: the tests run over whole photos.
        .target(
            name: "Imaging", dependencies: ["CPNG", "CJPEG", "Tensor"],
            swiftSettings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        // Small loops over latents and weights, optimised in debug builds too, like those over pixels.
        .target(
            name: "Diffusion", dependencies: ["Tensor", "Imaging"], resources: [.copy("Resources/clip")],
            swiftSettings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        .target(name: "StarterModel", exclude: ["Training"], resources: [.copy("Resources/starter")]),
        .target(name: "Catalogue", dependencies: ["Imaging", .product(name: "GRDB", package: "GRDB.swift")]),
        .target(
            name: "Studio", dependencies: ["Catalogue", "Diffusion", "Imaging", "StarterModel"],
            resources: [.copy("Resources/presets"), .copy("Resources/prompt-library.txt")]),
        .target(
            name: "Themes", path: "themes", sources: ["ThemeFolder.swift"],
            resources: ["dark", "high-contrast", "light", "monochrome", "sixteen", "solarized"].map { .copy("\($0).theme") }),
        .target(name: "TerminalUI", dependencies: ["CNcurses", "CSixel", "Imaging", "Diffusion", "Studio", "Themes"]),
        .executableTarget(
            name: "backdrop",
            dependencies: [
                "CJemalloc", "Catalogue", "Diffusion", "Imaging", "StarterModel", "Studio", "Tensor", "TerminalUI",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // What the tests need beside the program: a terminal in memory.
        .target(name: "CVTerm", path: "Tests/Support/CVTerm", linkerSettings: [.linkedLibrary("vterm")]),
        .target(name: "TerminalEmulator", dependencies: ["CVTerm"], path: "Tests/Support/TerminalEmulator"),
        .testTarget(name: "ArchitectureTests"),
        .testTarget(name: "SamplesTests", dependencies: ["Imaging"]),
        .testTarget(
            name: "ImagingTests", dependencies: ["Imaging"], exclude: ["Fixtures"],
            swiftSettings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        .testTarget(name: "TensorTests", dependencies: ["Tensor", "Kernels"]),
        .testTarget(
            name: "CatalogueTests", dependencies: ["Catalogue", "Imaging", .product(name: "GRDB", package: "GRDB.swift")]),
        .testTarget(
            name: "StudioTests",
            dependencies: ["Studio", "Catalogue", "Diffusion", "Imaging", .product(name: "GRDB", package: "GRDB.swift")]),
        .testTarget(name: "BackdropTests", dependencies: ["backdrop", "Catalogue", "Imaging"], exclude: ["Help"]),
        .testTarget(name: "DiffusionTests", dependencies: ["Diffusion", "Imaging", "StarterModel", "Tensor"]),
        .testTarget(
            name: "TerminalUITests",
            dependencies: [
                "TerminalUI", "TerminalEmulator", "Studio", "Catalogue", "Imaging", "backdrop",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["Golden"], swiftSettings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),
    ]
)
