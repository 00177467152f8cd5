@echo off
setlocal
chcp 65001 >nul
set "PYTHONUTF8=1"
title Kiểm tra biểu mẫu
pushd "%~dp0"
rem Explorer quotes a dropped path only where it holds a space: pasted into a line of this file, one with an ampersand
rem would break it in two. So the whole line is handed on as it is, and exit at the end keeps cmd from the second part.
setlocal EnableDelayedExpansion
set "DVK_DROPPED=!cmdcmdline!"
if exist python\python.exe (
  python\python.exe -X utf8 -m dvk_reports.cli.double_click check
) else (
  echo Chưa giải nén. Bấm chuột phải vào tệp .zip, chọn Extract All, rồi mở lại tệp này trong thư mục đã giải nén.
)
echo.
echo Bấm phím bất kỳ để đóng cửa sổ này.
pause >nul
exit
