return {
    name = "Dear ImGui",
    source = "https://github.com/ocornut/imgui",
    oldest = "1.86",
    licence = "MIT",
    why = "The window's widgets, drawn anew each frame; small enough to reason about where it keeps what was typed.",
    packages = {
        debian = "libimgui-dev",
        fedora = "imgui-devel",
        arch = "imgui",
        homebrew = "imgui",
        vcpkg = "imgui[core,glfw-binding,opengl3-binding]",
    },
    pkg_config = "imgui",
    -- Some distributions install the backends' headers beside imgui.h, some in this folder below it.
    include_subfolders = { "backends" },
    headers = { "imgui.h", "imgui_internal.h", "imgui_stdlib.h", "imgui_impl_glfw.h", "imgui_impl_opengl3.h",
                "imgui_impl_opengl3_loader.h", "imgui/", "backends/imgui_impl_" },
    links = { windows = { "imgui" }, macosx = { "imgui" } },
}
